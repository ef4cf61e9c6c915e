/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.check;

import io.github.gssloss.files.Counted;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.DataDescription;
import io.github.gssloss.imaging.dataset.DatasetKind;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.nifti.NiftiHeader;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.prepare.CaseGrid;
import io.github.gssloss.imaging.prepare.Foreground;
import io.github.gssloss.imaging.prepare.ForegroundMask;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads all files of a case, and finds whatever is wrong or odd with them. */
final class CaseCheck {

    private final CaseFiles files;
    private final DataDescription description;
    private final List<Path> all;
    private final Remarks faults = new Remarks();
    private final Remarks odd = new Remarks();
    private final Map<Path, GridText> grids = new LinkedHashMap<>();
    private Optional<CaseGrid> common = Optional.empty();
    private Optional<ForegroundMask> body = Optional.empty();
    private LabelCounts labels = LabelCounts.NONE;

    private CaseCheck(CaseFiles files, DataDescription description) {
        this.files = files;
        this.description = description;
        all =
                Stream.concat(files.images().values().stream(), files.segmentation().stream())
                        .toList();
    }

    static CheckedCase of(CaseFiles files, DataDescription description) {
        return new CaseCheck(files, description).look();
    }

    private CheckedCase look() {
        missing();
        all.forEach(file -> attempt(file, this::header));
        axes();
        if (!files.images().isEmpty() && grids.containsKey(files.reference())) {
            common = Optional.of(CaseGrid.of(files));
            int[] size = common.get().geometry().size();
            body = Optional.of(new ForegroundMask(Foreground.NONZERO, size));
        }
        files.images()
                .forEach((modality, file) -> attempt(file, one -> image(modality, read(one))));
        files.segmentation().ifPresent(file -> attempt(file, one -> segmentation(read(one))));
        body.filter(any -> files.kind() == DatasetKind.BRATS)
                .flatMap(ForegroundMask::doubt)
                .ifPresent(odd::add);
        Optional<GridText> first = grids.values().stream().findFirst();
        return new CheckedCase(
                files, first, labels.voxels(), faults.lines(all.size()), odd.lines(all.size()));
    }

    private void missing() {
        String missing =
                files.modalities().stream()
                        .filter(modality -> !files.images().containsKey(modality))
                        .map(Modality::label)
                        .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            odd.add("no " + missing);
        }
        if (files.segmentation().isEmpty()) {
            odd.add("no segmentation");
        }
    }

    private void header(Path file) {
        NiftiHeader header = NiftiReader.readHeader(file);
        grids.put(file, GridText.of(header.geometry()));
        header.warnings().forEach(warning -> odd.add(file, warning));
    }

    /** Files whose axes lead elsewhere are turned on reading. */
    private void axes() {
        if (grids.isEmpty()) {
            return;
        }
        Map.Entry<Path, GridText> reference = grids.entrySet().iterator().next();
        Path first = reference.getKey();
        String axes = reference.getValue().axes();
        grids.forEach(
                (file, grid) -> {
                    if (!grid.axes().equals(axes)) {
                        odd.add(
                                file,
                                "axes %s, those of %s %s: turned on reading"
                                        .formatted(grid.axes(), first.getFileName(), axes));
                    }
                });
    }

    private float[] read(Path file) {
        return common.isPresent() ? common.get().read(file) : NiftiReader.read(file).data();
    }

    private void image(Modality modality, float[] data) {
        long notFinite = 0;
        boolean blank = true;
        for (float value : data) {
            notFinite += Float.isFinite(value) ? 0 : 1;
            blank &= value == 0;
        }
        if (notFinite > 0) {
            faults.add(
                    "%s: %s not finite"
                            .formatted(
                                    modality.label(),
                                    Counted.of(notFinite, "voxel is", "voxels are")));
        }
        if (blank) {
            faults.add(modality.label() + ": all voxels are 0");
        }
        body.ifPresent(mask -> mask.add(data));
    }

    private void segmentation(float[] data) {
        labels = LabelCounts.of(data);
        labels.fault(description).ifPresent(faults::add);
        if (labels.isBlank()) {
            odd.add("segmentation: all voxels are 0");
        }
    }

    /** Keeps why a file cannot be used, in the words of the commands that would refuse it. */
    private void attempt(Path file, Consumer<Path> action) {
        try {
            action.accept(file);
        } catch (UserInputException e) {
            String ofFile = file + ": ";
            String message = e.getMessage();
            if (message.startsWith(ofFile)) {
                faults.add(file, message.substring(ofFile.length()));
            } else {
                faults.add(message.replace("case " + files.name() + ": ", ""));
            }
        }
    }
}

/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.check;

import io.github.gssloss.files.UserInputException;
import io.github.gssloss.imaging.dataset.CaseFiles;
import io.github.gssloss.imaging.dataset.LabelSet;
import io.github.gssloss.imaging.dataset.Modality;
import io.github.gssloss.imaging.nifti.NiftiImage;
import io.github.gssloss.imaging.nifti.NiftiReader;
import io.github.gssloss.imaging.prepare.CasePreparation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads all files of a case, and finds whatever is wrong or odd with them. */
final class CaseCheck {

    private final CaseFiles files;
    private final LabelSet labelSet;
    private final List<String> faults = new ArrayList<>();
    private final List<String> odd = new ArrayList<>();

    /** Why files cannot be read, with the names of those of which it holds. */
    private final Map<String, Set<String>> unreadable = new LinkedHashMap<>();

    private Optional<Grid> grid = Optional.empty();
    private Optional<BodyShare> body = Optional.empty();
    private LabelCounts labels = LabelCounts.NONE;

    private CaseCheck(CaseFiles files, LabelSet labelSet) {
        this.files = files;
        this.labelSet = labelSet;
    }

    static CheckedCase of(CaseFiles files, LabelSet labelSet) {
        return new CaseCheck(files, labelSet).look();
    }

    private CheckedCase look() {
        Stream.concat(files.images().values().stream(), files.segmentation().stream())
                .forEach(this::header);
        missing();
        if (unreadable.isEmpty() && !files.images().isEmpty()) {
            attempt(files.reference(), () -> new CasePreparation(labelSet, 1).check(files));
        }
        boolean alike = unreadable.isEmpty() && faults.isEmpty();
        files.images()
                .forEach((modality, file) -> read(file, image -> image(modality, image, alike)));
        body.flatMap(BodyShare::oddity).ifPresent(odd::add);
        files.segmentation().ifPresent(file -> read(file, this::segmentation));
        unreadable.forEach((why, names) -> faults.add(String.join(", ", names) + ": " + why));
        return new CheckedCase(files, grid, labels.voxels(), faults, odd);
    }

    private void header(Path file) {
        attempt(
                file,
                () -> {
                    Grid read = Grid.of(NiftiReader.readHeader(file));
                    grid = grid.or(() -> Optional.of(read));
                });
    }

    private void missing() {
        String missing =
                Stream.of(Modality.values())
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

    private void read(Path file, Consumer<NiftiImage> look) {
        attempt(file, () -> look.accept(NiftiReader.read(file)));
    }

    private void image(Modality modality, NiftiImage image, boolean alike) {
        long notFinite = 0;
        boolean blank = true;
        for (float value : image.data()) {
            notFinite += Float.isFinite(value) ? 0 : 1;
            blank &= value == 0;
        }
        if (notFinite > 0) {
            faults.add("%s: %d voxels are not finite".formatted(modality.label(), notFinite));
        }
        if (blank) {
            faults.add(modality.label() + ": all voxels are 0");
        }
        if (alike) {
            body = body.or(() -> Optional.of(new BodyShare(image.header().shape())));
            body.get().add(image.data());
        }
    }

    private void segmentation(NiftiImage image) {
        labels = LabelCounts.of(image.data());
        labels.fault(labelSet).ifPresent(faults::add);
        if (labels.isBlank()) {
            odd.add("segmentation: all voxels are 0");
        }
    }

    /** Keeps why a file cannot be used, in the words of the commands that would refuse it. */
    private void attempt(Path file, Runnable action) {
        try {
            action.run();
        } catch (UserInputException e) {
            String why = e.getMessage().replace("case " + files.name() + ": ", "");
            String ofFile = file + ": ";
            if (why.startsWith(ofFile)) {
                Set<String> alike =
                        unreadable.computeIfAbsent(
                                why.substring(ofFile.length()), key -> new LinkedHashSet<>());
                alike.add(file.getFileName().toString());
            } else {
                faults.add(why);
            }
        }
    }
}

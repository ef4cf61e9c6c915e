/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.reference;

import ai.djl.Device;
import io.github.gssloss.program.tables.Table;
import java.util.ArrayList;
import java.util.List;

/** What came out of reference files on a device. */
public final class Verification {

    private static final List<String> HEADER =
            List.of(
                    "file",
                    "array",
                    "shape",
                    "type",
                    "measure",
                    "deviation",
                    "tolerance",
                    "verdict");

    private final Device device;
    private final List<FileResult> files;

    Verification(Device device, List<FileResult> files) {
        this.device = device;
        this.files = List.copyOf(files);
    }

    /**
     * Returns whether every array came out within its tolerance.
     *
     * @return true if none was beyond
     */
    public boolean passed() {
        return beyond() == 0;
    }

    /**
     * Returns the table of deviations, with a last line that sums it up.
     *
     * @return lines of text
     */
    public List<String> lines() {
        Table table = new Table(5, HEADER);
        for (FileResult file : files) {
            for (Deviation deviation : file.deviations()) {
                List<String> cells = new ArrayList<>(List.of(file.name()));
                cells.addAll(deviation.cells());
                table.add(cells);
            }
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add(
                "relative: largest difference over the largest absolute value of the reference;"
                        + " absolute: largest difference; differ: values that are not equal");
        lines.add(summary());
        return lines;
    }

    private String summary() {
        long all = files.stream().mapToLong(file -> file.deviations().size()).sum();
        String where =
                files.size()
                        + (files.size() == 1 ? " file on " : " files on ")
                        + device.getDeviceType();
        return passed()
                ? "All " + all + " comparisons of " + where + " are within tolerance."
                : beyond() + " of " + all + " comparisons of " + where + " are beyond tolerance.";
    }

    private long beyond() {
        return files.stream()
                .flatMap(file -> file.deviations().stream())
                .filter(deviation -> !deviation.passed())
                .count();
    }

    /**
     * One file's deviations.
     *
     * @param name the file's name without folders
     * @param deviations one for each array and type
     */
    record FileResult(String name, List<Deviation> deviations) {}
}

/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What there is to say of a case or of its files; what holds for several files is said once. */
final class Remarks {

    private final Map<String, List<String>> filesOf = new LinkedHashMap<>();

    void add(String remark) {
        filesOf.putIfAbsent(remark, new ArrayList<>());
    }

    void add(Path file, String remark) {
        List<String> files = filesOf.computeIfAbsent(remark, key -> new ArrayList<>());
        String name = String.valueOf(file.getFileName());
        if (!files.contains(name)) {
            files.add(name);
        }
    }

    /** The remarks, of a case of so many files. */
    List<String> lines(int files) {
        List<String> lines = new ArrayList<>();
        filesOf.forEach(
                (remark, names) -> {
                    boolean all = names.size() == files && files > 1;
                    String which = all ? "all files" : String.join(", ", names);
                    lines.add(names.isEmpty() ? remark : which + ": " + remark);
                });
        return lines;
    }
}

/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.tables;

import java.util.List;

/** A table in Markdown: the first columns centred, the others to the right. */
final class MarkdownTable {

    private final StringBuilder text = new StringBuilder();

    MarkdownTable(int centred, List<String> header) {
        add(header);
        text.append("|");
        for (int i = 0; i < header.size(); i++) {
            text.append(i < centred ? " :-: |" : " --: |");
        }
        text.append('\n');
    }

    void add(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** Returns the lines, each ending with a line feed. */
    @Override
    public String toString() {
        return text.toString();
    }
}

/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.djl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the pages for readers print, and what the tests beside this class run. In a test, code for a
 * page stands between the comments {@code // [name} and {@code // name]}.
 */
final class Pages {

    static final Path README = Path.of("..", "README.md");
    static final Path CORE = Path.of("..", "gss-core", "docs", "guide.md");
    static final Path TRAINER = Path.of("..", "gss-djl", "docs", "guide.md");

    private static final Path TESTS = Path.of("src/test/java/io/github/gssloss/djl");
    private static final Pattern SNIPPET =
            Pattern.compile("\n *// \\[(\\w+)\n(.*?)\n *// \\1\\](?=\n)", Pattern.DOTALL);

    private Pages() {}

    static String text(Path page) throws IOException {
        return Files.readString(page).replace("\r\n", "\n");
    }

    /** The contents of a page's fenced blocks of a language. */
    static List<String> blocks(Path page, String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block =
                Pattern.compile("\n```" + language + "\n(.*?)```\n", Pattern.DOTALL)
                        .matcher(text(page));
        while (block.find()) {
            blocks.add(block.group(1));
        }
        return blocks;
    }

    /** The code for pages in all tests, without its indentation. */
    static List<String> snippets() throws IOException {
        List<String> snippets = new ArrayList<>();
        try (Stream<Path> sources = Files.list(TESTS)) {
            for (Path source : sources.sorted().toList()) {
                Matcher snippet = SNIPPET.matcher(text(source));
                while (snippet.find()) {
                    snippets.add(snippet.group(2).stripIndent() + "\n");
                }
            }
        }
        return snippets;
    }

    /** The README and everything in the modules' docs. */
    static List<Path> all() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(README));
        for (String module : List.of("gss-core", "gss-djl", "examples")) {
            Path docs = Path.of("..", module, "docs");
            if (Files.isDirectory(docs)) {
                try (Stream<Path> found = Files.walk(docs)) {
                    pages.addAll(
                            found.filter(page -> page.toString().endsWith(".md"))
                                    .sorted()
                                    .toList());
                }
            }
        }
        return pages;
    }
}

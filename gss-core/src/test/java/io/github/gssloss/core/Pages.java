/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The pages for readers, and the code for them in the tests: it stands between the comments {@code
 * // [name} and {@code // name]}. Tests of other modules use this class as well.
 */
public final class Pages {

    /** The page of the whole project. */
    public static final Path README = Path.of("..", "README.md");

    /** The guide to gss-core. */
    public static final Path CORE = Path.of("..", "gss-core", "docs", "guide.md");

    /** The guide to gss-djl. */
    public static final Path TRAINER = Path.of("..", "gss-djl", "docs", "guide.md");

    private static final List<String> MODULES =
            List.of(
                    "gss-core",
                    "gss-djl",
                    "examples/networks",
                    "examples/program",
                    "examples/bench");

    private static final Path TESTS = Path.of("src", "test", "java");
    private static final Pattern SNIPPET =
            Pattern.compile("\n *// \\[(\\w+)\n(.*?)\n *// \\1\\](?=\n)", Pattern.DOTALL);

    private Pages() {}

    /**
     * Reads a page, with line feeds as line ends.
     *
     * @param page the file
     * @return its text
     * @throws IOException if it cannot be read
     */
    public static String text(Path page) throws IOException {
        return Files.readString(page).replace("\r\n", "\n");
    }

    /**
     * Returns the contents of a page's fenced blocks of a language.
     *
     * @param page the file
     * @param language the word after the fence
     * @return the blocks in their order
     * @throws IOException if the page cannot be read
     */
    public static List<String> blocks(Path page, String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block =
                Pattern.compile("\n```" + language + "\n(.*?)```\n", Pattern.DOTALL)
                        .matcher(text(page));
        while (block.find()) {
            blocks.add(block.group(1));
        }
        return blocks;
    }

    /**
     * Returns the code for pages in the tests of the current module, without its indentation.
     *
     * @param folder the folder of a package below the test sources
     * @return the snippets
     * @throws IOException if the tests cannot be read
     */
    public static List<String> snippets(String folder) throws IOException {
        List<String> snippets = new ArrayList<>();
        try (Stream<Path> sources = Files.list(TESTS.resolve(folder))) {
            for (Path source : sources.sorted().toList()) {
                Matcher snippet = SNIPPET.matcher(text(source));
                while (snippet.find()) {
                    snippets.add(snippet.group(2).stripIndent() + "\n");
                }
            }
        }
        return snippets;
    }

    /**
     * Returns the README and everything in the modules' docs.
     *
     * @return the pages
     * @throws IOException if a folder cannot be read
     */
    public static List<Path> all() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(README));
        for (String module : MODULES) {
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

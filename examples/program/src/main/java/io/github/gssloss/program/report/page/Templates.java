/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import static io.github.gssloss.program.report.ChartColours.DARK;
import static io.github.gssloss.program.report.ChartColours.LIGHT;

import com.samskivert.mustache.DefaultCollector;
import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import io.github.gssloss.files.UserInputException;
import io.github.gssloss.files.WholeFile;
import io.github.gssloss.program.config.ProgramVersion;
import io.github.gssloss.program.report.ChartColours;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Fills the templates among the resources. All text from outside is escaped. */
final class Templates {

    private static final Mustache.Compiler COMPILER =
            Mustache.compiler()
                    .withEscaper(Templates::escaped)
                    .withLoader(Templates::open)
                    .withCollector(new OptionalCollector())
                    .strictSections(true)
                    .emptyStringIsFalse(true);

    private Templates() {}

    /**
     * Writes a page.
     *
     * @param name the template
     * @param view what its names mean, beside those that all pages know
     * @param file the file to write or replace
     * @throws UserInputException if it cannot be written
     */
    static void write(String name, Object view, Path file) {
        StringWriter page = new StringWriter();
        COMPILER.loadTemplate(name).execute(view, common(), page);
        try {
            WholeFile.write(file, page.toString());
        } catch (IOException e) {
            throw new UserInputException(file + ": expected a file that can be written", e);
        }
    }

    private static Map<String, Object> common() {
        return Map.of(
                "version",
                ProgramVersion.version(),
                "commit",
                ProgramVersion.commit(),
                "lineColours",
                IntStream.range(0, LIGHT.lines().size())
                        .mapToObj(
                                i ->
                                        Map.of(
                                                "number",
                                                i,
                                                "light",
                                                css(LIGHT, i),
                                                "dark",
                                                css(DARK, i)))
                        .toList());
    }

    private static String css(ChartColours colours, int line) {
        return "#%06x".formatted(colours.line(line).getRGB() & 0xFFFFFF);
    }

    private static Reader open(String name) {
        return new InputStreamReader(
                Templates.class.getResourceAsStream(name), StandardCharsets.UTF_8);
    }

    /** Markup is shown as text; a control character, which no page may hold, as a question mark. */
    private static String escaped(String text) {
        return Escapers.HTML
                .escape(text)
                .replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F\\uFFFE\\uFFFF]", "\uFFFD");
    }

    /** Takes an optional value for a list of one or none. */
    private static final class OptionalCollector extends DefaultCollector {

        @Override
        public Iterator<?> toIterator(Object value) {
            return value instanceof Optional<?> optional
                    ? optional.stream().iterator()
                    : super.toIterator(value);
        }
    }
}

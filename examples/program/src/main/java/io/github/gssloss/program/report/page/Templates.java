/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import com.samskivert.mustache.DefaultCollector;
import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;

/** Fills the templates among the resources. All text from outside is escaped. */
final class Templates {

    private static final Mustache.Compiler COMPILER =
            Mustache.compiler()
                    .withEscaper(Templates::escaped)
                    .withLoader(Templates::open)
                    .withCollector(new OptionalCollector())
                    .strictSections(true);

    private Templates() {}

    /**
     * Writes a page.
     *
     * @param name the template
     * @param view what its names mean
     * @param out the page
     */
    static void write(String name, Object view, Writer out) {
        COMPILER.loadTemplate(name).execute(view, out);
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

/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A report as an XML parser reads it: one that is not well-formed cannot be opened. */
final class HtmlPage {

    private final Document document;
    private final String text;

    private HtmlPage(Document document, String text) {
        this.document = document;
        this.text = text;
    }

    static HtmlPage open(Path file) throws IOException {
        try {
            byte[] bytes = Files.readAllBytes(file);
            Document document =
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new ByteArrayInputStream(bytes));
            String text = Files.readString(file);
            // A value that a template shows without its section.
            assertThat(text).doesNotContain("Optional[", "Optional.empty");
            return new HtmlPage(document, text);
        } catch (ParserConfigurationException | SAXException e) {
            throw new AssertionError(file + " is not well-formed: " + e.getMessage(), e);
        }
    }

    /** The page as it is written. */
    String source() {
        return text;
    }

    /** All that a reader sees, in one line. */
    String text() {
        return document.getElementsByTagName("body")
                .item(0)
                .getTextContent()
                .replaceAll("\\s+", " ");
    }

    /** The elements that an XPath finds. */
    List<Element> all(String path) {
        return all(document, path);
    }

    /** The elements that an XPath finds from another element on. */
    static List<Element> all(Object from, String path) {
        try {
            NodeList found =
                    (NodeList)
                            XPathFactory.newInstance()
                                    .newXPath()
                                    .evaluate(path, from, XPathConstants.NODESET);
            List<Element> elements = new ArrayList<>();
            for (int i = 0; i < found.getLength(); i++) {
                elements.add((Element) found.item(i));
            }
            return elements;
        } catch (XPathExpressionException e) {
            throw new AssertionError(e);
        }
    }

    /** The texts of the elements that an XPath finds. */
    List<String> texts(String path) {
        return texts(document, path);
    }

    static List<String> texts(Object from, String path) {
        return all(from, path).stream()
                .map(element -> element.getTextContent().strip().replaceAll("\\s+", " "))
                .toList();
    }
}

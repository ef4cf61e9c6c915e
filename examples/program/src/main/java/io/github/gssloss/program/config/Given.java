/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import io.github.gssloss.files.UserInputException;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A value that the user gave.
 *
 * @param value the value
 * @param source what an error message begins with: the file and the line, or nothing
 */
record Given(JsonNode value, String source) {

    /** A text of the command line. */
    static Given text(String text) {
        return new Given(Yaml.MAPPER.getNodeFactory().stringNode(text), "");
    }

    boolean isNothing() {
        return value.isNull() || value.isMissingNode();
    }

    /** The items of a list, or of a text with commas. */
    List<String> items(String key) {
        if (value.isValueNode() && !isNothing()) {
            return Stream.of(value.asString().split(",", -1)).map(String::strip).toList();
        }
        if (!value.isArray() || !value.valueStream().allMatch(JsonNode::isValueNode)) {
            throw wrong(key, value.isArray() ? "a list of plain values" : "a plain value");
        }
        return value.valueStream().map(JsonNode::asString).toList();
    }

    UserInputException wrong(String key, String expected) {
        String got = value.isString() ? "'" + value.stringValue() + "'" : value.toString();
        return wrong(key, expected, isNothing() ? "nothing" : got);
    }

    UserInputException wrong(String key, String expected, Object got) {
        return new UserInputException(
                "%s%s: expected %s, got %s".formatted(source, key, expected, got));
    }
}

/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserInputExceptionTest {

    @Test
    void theMessageStaysOneLineWhateverTheInputHolds() {
        assertThat(new UserInputException("a\nb: \u001b[31mgot\t0", null))
                .hasMessage("a?b: ?[31mgot?0");
        assertThat(new UserInputException("a\r\nb")).hasMessage("a??b");
    }

    @Test
    void aQuoteOfAWholeFileIsCutInItsMiddle() {
        assertThat(new UserInputException("f.yaml: got " + "x".repeat(3_000_000) + ", no number"))
                .message()
                .startsWith("f.yaml: got xxx")
                .contains("xxx [... 2998023 characters ...] xxx")
                .endsWith("xxx, no number")
                .hasSizeLessThan(2100);
        assertThat(new UserInputException("x".repeat(2000))).hasMessage("x".repeat(2000));
    }
}

/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0.0 kB",
        "949, 0.9 kB",
        "9949, 9.9 kB",
        "9951, 10 kB",
        "999499, 999 kB",
        "999501, 1.0 MB",
        "1340000000, 1.3 GB",
        "2000000000000000, 2000 TB"
    })
    void isWrittenInPowersOfAThousand(long bytes, String text) {
        assertThat(ByteSize.text(bytes)).isEqualTo(text);
    }
}

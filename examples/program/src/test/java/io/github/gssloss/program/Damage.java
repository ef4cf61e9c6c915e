/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What may happen to a file. */
public enum Damage {
    TRUNCATED {
        @Override
        byte[] of(byte[] bytes) {
            return Arrays.copyOf(bytes, bytes.length - 1);
        }
    },
    EMPTIED {
        @Override
        byte[] of(byte[] bytes) {
            return new byte[0];
        }
    },
    FLIPPED {
        @Override
        byte[] of(byte[] bytes) {
            bytes[bytes.length / 2] ^= 1;
            return bytes;
        }
    };

    abstract byte[] of(byte[] bytes);

    public void to(Path file) throws IOException {
        Files.write(file, of(Files.readAllBytes(file)));
    }
}

/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The program as it was built before this module; the poms are held to it by a rule of Maven's. */
class ProgramWithoutSparkTest {

    @Test
    void theProgramCarriesNoSpark() throws IOException {
        Path program = Path.of("..", "program", "target", "gss", "lib");
        assumeTrue(Files.isDirectory(program), "the program was packaged before");
        try (Stream<Path> files = Files.list(program)) {
            List<String> names = files.map(file -> file.getFileName().toString()).toList();
            assertThat(names)
                    .anyMatch(name -> name.startsWith("gss-program"))
                    .noneMatch(name -> name.matches("(spark|scala|hadoop|gss-spark).*"));
        }
    }
}

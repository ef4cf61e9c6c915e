/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {

    @TempDir private Path home;

    private Path standard(String system, Map<String, String> environment, String... property) {
        Map<String, String> properties = new HashMap<>();
        properties.put("os.name", system);
        properties.put("user.home", home.toString());
        properties.put("java.io.tmpdir", home.resolve("tmp").toString());
        if (property.length > 0) {
            properties.put(property[0], property[1]);
        }
        return CacheFolder.standard(properties::get, environment::get);
    }

    @Test
    void liesWhereTheSystemKeepsCaches() {
        String other = home.resolve("other").toString();
        assertThat(standard("Linux", Map.of())).isEqualTo(home.resolve(".cache/gss"));
        assertThat(standard("Linux", Map.of("XDG_CACHE_HOME", other)))
                .isEqualTo(home.resolve("other/gss"));
        // The standard says to pass over a relative path.
        assertThat(standard("Linux", Map.of("XDG_CACHE_HOME", "other")))
                .isEqualTo(home.resolve(".cache/gss"));
        assertThat(standard("Mac OS X", Map.of("XDG_CACHE_HOME", other)))
                .isEqualTo(home.resolve("Library/Caches/gss"));
        assertThat(standard("Windows 11", Map.of("LOCALAPPDATA", other)))
                .isEqualTo(home.resolve("other/gss/cache"));
        assertThat(standard("Windows 11", Map.of()))
                .isEqualTo(home.resolve("AppData/Local/gss/cache"));
        assertThat(standard("Linux", Map.of("XDG_CACHE_HOME", other), "gss.cache", "target/c"))
                .isEqualTo(Path.of("target/c"));
        assertThat(standard("Linux", Map.of(), "user.home", "?"))
                .isEqualTo(home.resolve("tmp/.cache/gss"));
    }

    @Test
    void whereItCannotBeWrittenAnotherIsUsed() throws IOException {
        String before = System.getProperty(CacheFolder.PROPERTY);
        Path instead = home.resolve("run/cache");
        List<String> warnings = new ArrayList<>();
        try {
            Path file = Files.createFile(home.resolve("file"));
            System.setProperty(CacheFolder.PROPERTY, file.toString());
            assertThat(CacheFolder.writable(instead, warnings::add)).isEqualTo(instead);
            assertThat(warnings).hasSize(1);
            assertThat(warnings.get(0))
                    .startsWith("cache folder " + file + ": cannot be written (")
                    .endsWith("); using " + instead);

            Path made = home.resolve("made/here");
            System.setProperty(CacheFolder.PROPERTY, made.toString());
            assertThat(CacheFolder.writable(instead, warnings::add)).isEqualTo(made);
            assertThat(made).isEmptyDirectory();
            assertThat(warnings).hasSize(1);
        } finally {
            if (before == null) {
                System.clearProperty(CacheFolder.PROPERTY);
            } else {
                System.setProperty(CacheFolder.PROPERTY, before);
            }
        }
    }
}

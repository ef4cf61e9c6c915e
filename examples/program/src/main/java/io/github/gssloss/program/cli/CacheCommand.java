/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.files.ByteSize;
import io.github.gssloss.files.CacheFolder;
import io.github.gssloss.imaging.prepare.CacheContents;
import io.github.gssloss.program.tables.Table;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gss cache}: shows the prepared cases that runs share, or removes them. */
@Command(name = "cache", sortOptions = false)
public final class CacheCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    @Option(names = "--cache", paramLabel = "FOLDER")
    private Optional<Path> cache;

    @Option(names = "--clear")
    private boolean clear;

    @Mixin private Console console;

    @Override
    public Integer call() {
        cache.ifPresent(folder -> Inputs.folder("--cache", folder));
        Path folder = cache.orElseGet(CacheFolder::standard);
        CacheContents contents = CacheContents.of(folder);
        String size = ByteSize.text(contents.bytes());
        if (clear) {
            CacheContents.clear(folder);
            console.print(
                    "%d prepared cases removed from %s, %s"
                            .formatted(contents.entries(), folder, size));
            return 0;
        }
        Table table = new Table(1, "folder", "cases", "size", "oldest use", "newest use");
        table.add(
                folder, contents.entries(), size, time(contents.oldest()), time(contents.newest()));
        table.lines().forEach(console::print);
        return 0;
    }

    private static String time(Optional<Instant> use) {
        return use.map(TIME::format).orElse("-");
    }
}

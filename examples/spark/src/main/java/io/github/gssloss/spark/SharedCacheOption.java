/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The prepared cases; of commands that train or evaluate on a cluster. */
final class SharedCacheOption {

    @Option(
            names = "--cache",
            required = true,
            paramLabel = "FOLDER",
            description = "Folder for the prepared cases, on each machine's disk or shared.")
    private Path cache;

    String text() {
        return ClusterOptions.text(cache);
    }
}

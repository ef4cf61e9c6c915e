/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import io.github.gssloss.program.config.ProgramVersion;
import picocli.CommandLine.IVersionProvider;

/** The lines of {@code --version}. */
final class VersionLines implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "gss " + ProgramVersion.version() + " (commit " + ProgramVersion.commit() + ")",
            "Java ${java.version} (${java.vendor}), ${os.name} ${os.arch}"
        };
    }
}

/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.program.config.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ExitCode;
import tools.jackson.databind.JsonNode;

/** What Kubernetes does with an index that failed, by the exit codes that the program has. */
class JobFilesTest {

    private static final Path DOCS = Path.of("..", "spark", "docs");

    private static JsonNode spec(String command) throws IOException {
        Path file = DOCS.resolve(command + "-job.yaml");
        return Yaml.MAPPER.readTree(Files.readString(file)).path("spec");
    }

    /** The first rule that holds; what no rule is of counts as one of the retries. */
    private static String action(JsonNode spec, int exitCode) {
        String container = spec.at("/template/spec/containers/0/name").asString();
        return spec.at("/podFailurePolicy/rules")
                .valueStream()
                .filter(
                        rule ->
                                rule.at("/onExitCodes/containerName")
                                        .asString("")
                                        .equals(container))
                .filter(rule -> rule.at("/onExitCodes/operator").asString().equals("In"))
                .filter(
                        rule ->
                                rule.at("/onExitCodes/values")
                                        .valueStream()
                                        .anyMatch(value -> value.asInt() == exitCode))
                .map(rule -> rule.path("action").asString())
                .findFirst()
                .orElse("Count");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ablate", "evaluate", "predict"})
    void whatWasStoppedStartsAgainUncounted(String command) throws IOException {
        JsonNode spec = spec(command);
        JsonNode first = spec.at("/podFailurePolicy/rules/0");
        assertThat(first.path("action").asString()).isEqualTo("Ignore");
        assertThat(first.at("/onPodConditions/0/type").asString()).isEqualTo("DisruptionTarget");
        assertThat(action(spec, Failures.STOPPED)).isEqualTo("Ignore");
        // By SIGTERM, where nothing had to be saved.
        assertThat(action(spec, 128 + 15)).isEqualTo("Ignore");
        // Killed for its memory, and failures that nobody foresaw.
        assertThat(action(spec, 137)).isEqualTo("Count");
        assertThat(action(spec, ExitCode.SOFTWARE)).isEqualTo("Count");
        // What the policy needs.
        assertThat(spec.at("/template/spec/restartPolicy").asString()).isEqualTo("Never");
        assertThat(spec.path("completionMode").asString()).isEqualTo("Indexed");
        assertThat(spec.path("backoffLimitPerIndex").asInt()).isPositive();
    }

    /** A case that cannot be used is the same the next time; a cell may have failed for others. */
    @Test
    void aPartThatNamesCasesIsNotStartedAgain() throws IOException {
        for (String command : List.of("evaluate", "predict")) {
            assertThat(action(spec(command), ExitCode.USAGE)).isEqualTo("FailIndex");
        }
        assertThat(action(spec("ablate"), ExitCode.USAGE)).isEqualTo("Count");
    }
}

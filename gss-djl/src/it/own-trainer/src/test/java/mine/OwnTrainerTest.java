/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package mine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.metric.Metric;
import ai.djl.metric.Metrics;
import io.github.gssloss.core.GssConfig;
import io.github.gssloss.djl.GssLoss;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnTrainerTest {

    @Test
    void itTrains() throws Exception {
        Metrics metrics = OwnTrainer.train();
        List<Double> totals = epochs(metrics, "train_epoch_GssLoss");
        assertEquals(3, totals.size());
        assertTrue(totals.get(2) < totals.get(0), totals::toString);
        List<Double> distillation = epochs(metrics, "train_epoch_GssLoss_distillation");
        assertTrue(distillation.get(2) > 0, distillation::toString);
    }

    private static List<Double> epochs(Metrics metrics, String name) {
        return metrics.getMetric(name).stream()
                .map(Metric::getValue)
                .map(Number::doubleValue)
                .toList();
    }

    @Test
    void theJarsAreModulesOfTheirPackages() throws URISyntaxException {
        assertEquals(List.of("io.github.gssloss.core"), modules(GssConfig.class));
        assertEquals(List.of("io.github.gssloss.djl"), modules(GssLoss.class));
    }

    private static List<String> modules(Class<?> type) throws URISyntaxException {
        Path jar = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        return ModuleFinder.of(jar).findAll().stream()
                .map(module -> module.descriptor().name())
                .toList();
    }
}

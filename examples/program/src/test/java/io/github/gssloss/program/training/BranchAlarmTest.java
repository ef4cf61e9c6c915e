/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gssloss.core.ClassGroups;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The alarm on the volumes of real runs: study-scratch, 1,500 steps, a look every 50. */
class BranchAlarmTest {

    private static final ClassGroups GROUPS = ClassGroups.brats2020();
    private static final List<String> COLUMNS = new DecisionColumns(GROUPS).all();
    private static final BranchAlarm ALARM = new BranchAlarm(GROUPS, 50, 1500);

    /** ET by flair, t1ce, t1, t2 from step 0 on; {@code gss} with seed 3, which collapses. */
    private static final double[][] COLLAPSED = {
        {92.5, 102.6, 127.1, 116.8},
        {9.19, 8.96, 10.08, 9.37},
        {4.88, 4.75, 4.97, 5.01},
        {16.17, 15.88, 15.78, 15.75},
        {15.09, 14.82, 14.98, 15.23},
        {65.79, 65.51, 64.81, 65.36},
        {19.78, 19.96, 19.53, 19.60},
    };

    /** The same with seed 1, which learns. */
    private static final double[][] LEARNING = {
        {57.83, 61.99, 60.01, 58.38},
        {2.66, 1.92, 2.01, 2.50},
        {0.90, 0.18, 0.20, 0.92},
        {0, 0, 0, 0},
        {0, 0, 0, 0},
        {0, 0, 0, 0},
        {0, 0, 0, 0},
    };

    private static List<List<String>> rows(double[][] volumes) {
        List<List<String>> rows = new ArrayList<>();
        List<String> names = DecisionColumns.volumes("ET", GROUPS.modalities());
        for (int i = 0; i < volumes.length; i++) {
            List<String> row = new ArrayList<>(Collections.nCopies(COLUMNS.size(), "1.0"));
            row.set(1, Integer.toString(50 * i));
            for (int m = 0; m < names.size(); m++) {
                row.set(COLUMNS.indexOf(names.get(m)), Double.toString(volumes[i][m]));
            }
            rows.add(row);
        }
        return rows;
    }

    @Test
    void itWarnsOfBranchesThatPredictOneClassNearlyEverywhere() {
        // Medians of steps 150 to 300, the lower of the two in the middle.
        assertThat(ALARM.warning(COLUMNS, rows(COLLAPSED)))
                .contains(
                        "the branches predict more than 4 times as many voxels of a class as are"
                                + " labelled: ET (flair 16.2, t1ce 15.9, t1 15.8, t2 15.8 times):"
                                + " see \"When the branches do not learn\" in the manual");
    }

    @Test
    void itSaysNothingOfBranchesThatLearn() {
        assertThat(ALARM.warning(COLUMNS, rows(LEARNING))).isEmpty();
    }

    /** ED with seed 19, whose volumes change from batch to batch. */
    @Test
    void everySecondBatchIsNotEnough() {
        double[][] volumes = {
            {12.63, 12.85, 13.53, 12.49},
            {5.33, 6.55, 7.14, 6.40},
            {2.24, 2.47, 2.61, 2.41},
            {1.24, 1.14, 1.36, 1.28},
            {4.12, 5.12, 5.25, 5.56},
            {1.35, 1.62, 1.75, 1.97},
            {6.07, 8.31, 8.45, 8.93},
        };
        assertThat(ALARM.warning(COLUMNS, rows(volumes))).isEmpty();
    }

    /** ED of the arm released of patients-screen, whose branches end as well as the baseline's. */
    @Test
    void threeTimesAsManyIsHowBranchesBegin() {
        double[][] volumes = {
            {8.33, 7.45, 9.53, 8.42},
            {2.16, 4.37, 2.8, 2.02},
            {2.13, 3.59, 3.01, 1.87},
            {4.07, 5.29, 4.93, 3.34},
            {3.64, 7.06, 6.5, 4.59},
            {2.88, 3.93, 4.02, 3.85}
        };
        BranchAlarm alarm = new BranchAlarm(GROUPS, 50, 1200);
        assertThat(alarm.warning(COLUMNS, rows(volumes))).isEmpty();
    }

    /** ED of the arm balance, whose branches end at 1.7 times the baseline's task loss. */
    @Test
    void fiveTimesAsManyIsNot() {
        double[][] volumes = {
            {8.33, 7.45, 9.53, 8.42},
            {2.34, 4.38, 3.09, 2.18},
            {2.09, 3.66, 3.63, 2.53},
            {5.74, 8.53, 8.04, 4.13},
            {5.31, 7.71, 10.64, 6.66},
            {4.05, 6.42, 6.33, 4.95}
        };
        BranchAlarm alarm = new BranchAlarm(GROUPS, 50, 1200);
        assertThat(alarm.warning(COLUMNS, rows(volumes)).orElseThrow())
                .contains("(flair 5.3, t1ce 7.7, t1 8.0, t2 5.0 times)");
    }

    @Test
    void oneBranchThatIsBlindToAClassIsNoCollapse() {
        double[][] volumes = new double[7][];
        for (int i = 0; i < volumes.length; i++) {
            volumes[i] = new double[] {1.1, 0.9, 30, 1.2};
        }
        assertThat(ALARM.warning(COLUMNS, rows(volumes))).isEmpty();
    }

    @Test
    void batchesWithoutTheClassDoNotCountAndTwoAreTooFew() {
        List<List<String>> rows = rows(COLLAPSED);
        List<String> names = DecisionColumns.volumes("ET", GROUPS.modalities());
        names.forEach(name -> rows.get(4).set(COLUMNS.indexOf(name), ""));
        assertThat(ALARM.warning(COLUMNS, rows)).isPresent();
        names.forEach(name -> rows.get(5).set(COLUMNS.indexOf(name), ""));
        assertThat(ALARM.warning(COLUMNS, rows)).isEmpty();
    }

    @Test
    void aTableThatAnEarlierVersionBeganHasNoVolumes() {
        List<String> earlier = new DecisionColumns(GROUPS).earlier();
        List<List<String>> rows =
                rows(COLLAPSED).stream().map(row -> row.subList(0, earlier.size())).toList();
        assertThat(ALARM.warning(earlier, rows)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "50, 1500, 300",
        "50, 1000, 200",
        "50, 1001, 250",
        "7, 100, 21",
        "200, 1500, 400",
        "2000, 1500, 2000"
    })
    void itIsDueAtTheFirstLookAfterAFifth(int every, long steps, long due) {
        BranchAlarm alarm = new BranchAlarm(GROUPS, every, steps);
        for (long step = 0; step <= 4000; step += every) {
            assertThat(alarm.isDue(step)).as("step %d", step).isEqualTo(step == due);
        }
    }
}

/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import io.github.gssloss.imaging.measure.MeasureSettings;
import io.github.gssloss.imaging.measure.Metric;
import io.github.gssloss.imaging.measure.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Scores as rows of a Dataset, with the columns of {@code scores.csv}. */
final class ScoreRows {

    /** Those of the usual settings: a cohort is measured by no others. */
    private static final List<Metric> METRICS =
            Stream.of(Metric.values()).filter(MeasureSettings.USUAL::has).toList();

    private ScoreRows() {}

    /** The columns: case, subset, region, and each measure as a number. */
    static StructType schema() {
        StructType schema = new StructType();
        for (String key : List.of("case", "subset", "region")) {
            schema = schema.add(key, DataTypes.StringType, false);
        }
        for (Metric metric : METRICS) {
            schema = schema.add(metric.label(), DataTypes.DoubleType, false);
        }
        return schema;
    }

    static List<Row> rows(List<Score> scores) {
        return scores.stream().map(ScoreRows::row).toList();
    }

    private static Row row(Score score) {
        List<Object> values = new ArrayList<>();
        values.add(score.caseName());
        values.add(score.subset().label());
        values.add(score.region().label());
        for (Metric metric : METRICS) {
            values.add(metric.of(score.measures()));
        }
        return RowFactory.create(values.toArray());
    }
}

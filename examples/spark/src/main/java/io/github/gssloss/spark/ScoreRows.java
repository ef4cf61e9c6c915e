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

    private static final String MEASURED_BY = "measured_by";

    private ScoreRows() {}

    /** The columns: case, subset, region, each measure as a number, and how it was measured. */
    static StructType schema(MeasureSettings measures) {
        StructType schema = new StructType();
        for (String key : List.of("case", "subset", "region")) {
            schema = schema.add(key, DataTypes.StringType, false);
        }
        for (Metric metric : metrics(measures)) {
            schema = schema.add(metric.label(), DataTypes.DoubleType, false);
        }
        return isUsual(measures) ? schema : schema.add(MEASURED_BY, DataTypes.StringType, false);
    }

    static List<Row> rows(List<Score> scores) {
        return scores.stream().map(ScoreRows::row).toList();
    }

    private static Row row(Score score) {
        MeasureSettings measures = score.measures().settings();
        List<Object> values = new ArrayList<>();
        values.add(score.caseName());
        values.add(score.subset().label());
        values.add(score.region().label());
        for (Metric metric : metrics(measures)) {
            values.add(metric.of(score.measures()));
        }
        if (!isUsual(measures)) {
            values.add(measures.label());
        }
        return RowFactory.create(values.toArray());
    }

    private static List<Metric> metrics(MeasureSettings measures) {
        return Stream.of(Metric.values()).filter(measures::has).toList();
    }

    private static boolean isUsual(MeasureSettings measures) {
        return measures.equals(MeasureSettings.USUAL);
    }
}

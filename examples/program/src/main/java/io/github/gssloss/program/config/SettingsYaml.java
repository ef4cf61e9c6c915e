/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.gssloss.core.Divergence;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.type.LogicalType;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** How settings look in YAML. */
final class SettingsYaml {

    /** Strict: nothing unknown, nothing twice, no fraction cut off, no number for a choice. */
    static final YAMLMapper MAPPER =
            YAMLMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enumNamingStrategy(EnumNamingStrategies.LOWER_CAMEL_CASE)
                    .addMixIn(Divergence.class, OldDivergenceNames.class)
                    .withCoercionConfigDefaults(
                            config ->
                                    config.setCoercion(
                                            CoercionInputShape.EmptyString, CoercionAction.Fail))
                    .withCoercionConfig(
                            LogicalType.Boolean,
                            config ->
                                    config.setCoercion(
                                            CoercionInputShape.Integer, CoercionAction.Fail))
                    .changeDefaultPropertyInclusion(
                            value ->
                                    value.withValueInclusion(JsonInclude.Include.NON_ABSENT)
                                            .withContentInclusion(JsonInclude.Include.NON_ABSENT))
                    .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                    .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                    .build();

    private SettingsYaml() {}
}

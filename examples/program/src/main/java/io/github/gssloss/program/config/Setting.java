/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.program.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a record component a setting: its name is the key in the YAML file and, after two dashes,
 * on the command line. A component without this annotation is a section, a record of settings.
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {

    /**
     * What the setting means, for {@code --help}.
     *
     * @return one sentence without a full stop
     */
    String help();

    /**
     * The value in YAML that holds when neither the file nor the command line gives one.
     *
     * @return the default; empty where the setting may be left out and something else decides
     */
    String fallback() default "";

    /**
     * The values that hold instead of {@link #fallback} with some networks.
     *
     * @return the networks' own defaults
     */
    NetworkDefault[] byNetwork() default {};

    /**
     * Which values it takes, where its type does not say it.
     *
     * @return words for messages; empty: what the type says
     */
    String expected() default "";

    /**
     * What decides where there is no default.
     *
     * @return words for {@code --help}
     */
    String otherwise() default "the preset's";

    /** The default that a setting has with one network. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({})
    @interface NetworkDefault {

        /**
         * Which network.
         *
         * @return the network
         */
        NetworkKind network();

        /**
         * The default in YAML.
         *
         * @return the value
         */
        String value();
    }
}

/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import ai.djl.util.Progress;

/** Nobody looks at an executor's output: Spark shows how many tasks are done. */
final class SilentProgress implements Progress {

    @Override
    public void reset(String message, long max, String trailingMessage) {}

    @Override
    public void start(long initialProgress) {}

    @Override
    public void end() {}

    @Override
    public void increment(long increment) {}

    @Override
    public void update(long progress, String message) {}
}

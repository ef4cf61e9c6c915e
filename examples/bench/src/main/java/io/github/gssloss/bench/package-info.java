/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * What the loss, a training step and an evaluation cost.
 *
 * <p>The loss and each of its parts alone are timed by JMH ({@code LossBenchmark} among the test
 * sources): it forks, warms up and gives the error of each time. It times one thing after the
 * other, whole minutes apart, from outside, and on the Java side alone. So four things are measured
 * here instead: contenders in turn within each round, whose ratio stays what it is on a machine
 * that is busy or changes its clock ({@link io.github.gssloss.bench.Stopwatch#rounds}); the phases
 * of one training step, on a device that goes on computing after the call ({@link
 * io.github.gssloss.bench.Stopwatch}); the peak and the growth of native memory, in a Java process
 * whose own memory stands still ({@link io.github.gssloss.bench.ChildJvm}); and a loader whose
 * threads work while the network does ({@link io.github.gssloss.bench.LoaderBench}).
 */
package io.github.gssloss.bench;

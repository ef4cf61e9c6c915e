/* Copyright GSS for DJL authors. SPDX-License-Identifier: Apache-2.0 */
package io.github.gssloss.spark;

import java.util.PriorityQueue;
import java.util.Random;

/**
 * How long a cohort takes on a cluster, by a simulation of its tasks.
 *
 * <p>The tasks are given out in order, each to the executor that is free first. A task takes {@code
 * seconds exp(sigma N - sigma^2 / 2)} with N standard normal, so that the mean is {@code seconds}
 * and sigma makes stragglers. Before its first task an executor starts and loads the network, one
 * after another where they load from one shared disk. The driver hands out tasks one by one.
 *
 * @param seconds the mean time of a task on one executor
 * @param sigma how much tasks differ: the standard deviation of the logarithm of their time
 * @param start the seconds until an executor is there
 * @param load the seconds that an executor takes to load the network
 * @param shared the part of the loading, from 0 to 1, that executors do one after another
 * @param dispatch the seconds that the driver takes for a task
 * @param collect the seconds that the driver takes to make the tables, for each task
 */
record ClusterModel(
        double seconds,
        double sigma,
        double start,
        double load,
        double shared,
        double dispatch,
        double collect) {

    /** Values for those times that are Spark's own. */
    static ClusterModel ofTasks(double seconds, double sigma) {
        return new ClusterModel(seconds, sigma, 15, 10, 0.1, 0.005, 0.01);
    }

    /**
     * Simulates a cohort.
     *
     * @param tasks how many tasks
     * @param executors how many executors, at least 1
     * @param seed what the times are drawn with
     * @return the seconds from the submission to the tables
     */
    double wall(int tasks, int executors, long seed) {
        Random random = new Random(seed);
        PriorityQueue<Double> free = new PriorityQueue<>();
        double disk = 0;
        for (int i = 0; i < Math.min(tasks, executors); i++) {
            disk = Math.max(disk, start) + shared * load;
            free.add(disk + (1 - shared) * load);
        }
        double driver = start;
        double end = 0;
        for (int i = 0; i < tasks; i++) {
            driver += dispatch;
            double begin = Math.max(driver, free.remove());
            double length = seconds * Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2);
            end = Math.max(end, begin + length);
            free.add(begin + length);
        }
        return end + tasks * collect;
    }
}

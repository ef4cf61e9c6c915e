/**
 * Judging a network: sliding windows over a whole volume, Dice per tumour region for every subset
 * of the modalities, and the table of it. Knows a network only as a {@link
 * io.github.gssloss.examples.evaluate.Segmenter}.
 */
package io.github.gssloss.examples.evaluate;

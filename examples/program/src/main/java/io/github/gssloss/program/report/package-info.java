/**
 * Pictures of a training and its result: learning curves, and slices with truth and prediction laid
 * over them. Everything is drawn without a display.
 */
package io.github.gssloss.program.report;

/** The training loop. */
package dev.selkie.training;

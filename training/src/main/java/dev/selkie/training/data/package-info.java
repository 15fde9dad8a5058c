/** Labelled images: where they come from, and how they become batches. */
package dev.selkie.training.data;

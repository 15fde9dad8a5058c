/** How parameters follow their gradients, and how fast. */
package dev.selkie.training.optimizer;

/** Whether a device computes what the reference computes. */
package dev.selkie.training.verify;

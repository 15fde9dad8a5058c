/** Files that are written whole or not at all, and why one could not be. */
package dev.selkie.training.files;

/**
 * The embedded default: oneDNN for what is dense arithmetic, plain Java for what is memory traffic.
 *
 * <p>Every verb runs on a fixed set of {@link dev.selkie.cpu.Lanes}, each on its own samples, so a
 * result never depends on scheduling. oneDNN is called with one thread per lane, on as many images
 * at a time as stay in the lane's cache. Java's own passes copy tiles into arrays, because HotSpot
 * vectorises loops over arrays and not over native memory.
 */
package dev.selkie.cpu;

package dev.selkie.processor;

/**
 * What {@code -A} options say.
 *
 * @param fuse false ({@code -Aselkie.fuse=false}) emits the unfused network, to hold one against
 *     the other
 * @param dump true ({@code -Aselkie.dump=true}) writes the graph after each phase
 */
public record Options(boolean fuse, boolean dump) {}

package dev.selkie.processor.read;

/** Where something was written; only the reader and the reporter know what is inside. */
public interface Site {}

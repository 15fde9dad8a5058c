package dev.selkie.processor.model;

/** Where something was written; only the reader and the reporter know what is inside. */
public interface Site {}

/**
 * Random networks, on every backend that needs no GPU, against an interpreter of annotated networks
 * that was written from the annotations' documentation alone and calls nothing of Selkie.
 */
package dev.selkie.random;

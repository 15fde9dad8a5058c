/** What people and programs get to read. */
package dev.selkie.training.report;

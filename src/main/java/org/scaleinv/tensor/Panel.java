package org.scaleinv.tensor;

/** A rectangle of a matrix: {@code rows} rows from {@code row} on, {@code columns} columns from {@code column} on. */
public record Panel(long row, long rows, long column, long columns) {}

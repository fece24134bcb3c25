package org.scaleinv.engine;

/**
 * What a kernel, a library's product or the driver's copy took on a device, by the device's own clock.
 *
 * @param kernel its name, or "cuBLAS dsyrk" and the like for what is not the project's
 * @param launches how often it ran
 * @param seconds in all; where the device waits for the host between an event and the launch behind it, that counts
 */
public record KernelTime(String kernel, long launches, double seconds) {}

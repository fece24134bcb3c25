package org.scaleinv.engine.cuda;

/**
 * The two queues of a device: kernels run on one, copies to and from the host on the other, so that the next panel
 * crosses the bus while the last one is worked on. Events order them where one needs the other.
 */
record Streams(long compute, long copy) {}

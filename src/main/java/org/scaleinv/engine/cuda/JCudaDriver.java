package org.scaleinv.engine.cuda;

import static jcuda.driver.JCudaDriver.*;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jcuda.NativePointerObject;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUfunction;
import jcuda.driver.CUfunction_attribute;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.CUstream_flags;
import jcuda.runtime.cudaStream_t;

/**
 * The driver by JCuda. JCuda reports errors by status and prints nothing; every status is looked at here.
 *
 * <p>Handles are the driver's own, so that a library bound otherwise can be given a stream; the objects that JCuda wants
 * for them are kept in a map. Safe for use by several threads at once.
 */
final class JCudaDriver implements Driver {
  private final Map<Long, NativePointerObject> objects = new ConcurrentHashMap<>();

  /** The libraries must be loaded. */
  JCudaDriver() {
    check("cuInit", cuInit(0));
  }

  @Override
  public int version() {
    int[] version = new int[1];
    check("cuDriverGetVersion", cuDriverGetVersion(version));
    return version[0];
  }

  @Override
  public int deviceCount() {
    int[] count = new int[1];
    check("cuDeviceGetCount", cuDeviceGetCount(count));
    return count[0];
  }

  @Override
  public DeviceInfo device(int ordinal) {
    CUdevice device = handle(ordinal);
    byte[] name = new byte[256];
    long[] memory = new long[1];
    check("cuDeviceGetName", cuDeviceGetName(name, name.length, device));
    check("cuDeviceTotalMem", cuDeviceTotalMem(memory, device));
    return new DeviceInfo(
        ordinal,
        text(name),
        attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, device),
        attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, device),
        memory[0],
        attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT, device),
        attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN, device));
  }

  private static CUdevice handle(int ordinal) {
    var device = new CUdevice();
    check("cuDeviceGet", cuDeviceGet(device, ordinal));
    return device;
  }

  private static int attribute(int attribute, CUdevice device) {
    int[] value = new int[1];
    check("cuDeviceGetAttribute", cuDeviceGetAttribute(value, attribute, device));
    return value[0];
  }

  private static String text(byte[] terminated) {
    int end = 0;
    while (end < terminated.length && terminated[end] != 0) {
      end++;
    }
    return new String(terminated, 0, end, StandardCharsets.UTF_8);
  }

  @Override
  public long retainContext(int ordinal) {
    var context = new Context();
    check("cuDevicePrimaryCtxRetain", cuDevicePrimaryCtxRetain(context, handle(ordinal)));
    return keep(context.handle(), context);
  }

  @Override
  public void releaseContext(int ordinal) {
    check("cuDevicePrimaryCtxRelease", cuDevicePrimaryCtxRelease(handle(ordinal)));
  }

  @Override
  public void makeCurrent(long context) {
    CUcontext current = context == 0 ? new CUcontext() : (CUcontext) objects.get(context);
    check("cuCtxSetCurrent", cuCtxSetCurrent(current));
  }

  @Override
  public long loadModule(MemorySegment image) {
    var module = new Module();
    byte[] bytes = image.toArray(ValueLayout.JAVA_BYTE);
    // PTX is text that ends with a zero; binary images carry their length
    check("cuModuleLoadData", cuModuleLoadData(module, Arrays.copyOf(bytes, bytes.length + 1)));
    return keep(module.handle(), module);
  }

  @Override
  public void unloadModule(long module) {
    check("cuModuleUnload", cuModuleUnload((CUmodule) objects.get(module)));
    objects.remove(module);
  }

  @Override
  public long function(long module, String name) {
    var function = new Function();
    check("cuModuleGetFunction of " + name, cuModuleGetFunction(function, (CUmodule) objects.get(module), name));
    return keep(function.handle(), function);
  }

  @Override
  public void allowSharedMemory(long function, int bytes) {
    check(
        "cuFuncSetAttribute",
        cuFuncSetAttribute(
            (CUfunction) objects.get(function),
            CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES,
            bytes));
  }

  @Override
  public long allocate(long bytes) {
    var block = new DeviceBlock();
    check("cuMemAlloc", cuMemAlloc(block, bytes));
    return block.address();
  }

  @Override
  public void free(long address) {
    check("cuMemFree", cuMemFree(device(address)));
  }

  @Override
  @SuppressWarnings("restricted")
  public MemorySegment allocateHost(long bytes) {
    var block = new HostAddress(0);
    check("cuMemAllocHost", cuMemAllocHost(block, bytes));
    return MemorySegment.ofAddress(block.address()).reinterpret(bytes);
  }

  @Override
  public void freeHost(MemorySegment block) {
    check("cuMemFreeHost", cuMemFreeHost(host(block)));
  }

  @Override
  public long freeMemory() {
    long[] free = new long[1];
    long[] total = new long[1];
    check("cuMemGetInfo", cuMemGetInfo(free, total));
    return free[0];
  }

  @Override
  public long createStream() {
    var stream = new Stream();
    check("cuStreamCreate", cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING));
    return keep(stream.handle(), stream);
  }

  @Override
  public void destroyStream(long stream) {
    check("cuStreamDestroy", cuStreamDestroy(stream(stream)));
    objects.remove(stream);
  }

  @Override
  public void synchronize(long stream) {
    check("cuStreamSynchronize", cuStreamSynchronize(stream(stream)));
  }

  @Override
  public long createEvent() {
    var event = new Event();
    check("cuEventCreate", cuEventCreate(event, CUevent_flags.CU_EVENT_DEFAULT));
    return keep(event.handle(), event);
  }

  @Override
  public void destroyEvent(long event) {
    check("cuEventDestroy", cuEventDestroy(event(event)));
    objects.remove(event);
  }

  @Override
  public void record(long event, long stream) {
    check("cuEventRecord", cuEventRecord(event(event), stream(stream)));
  }

  @Override
  public void await(long stream, long event) {
    check("cuStreamWaitEvent", cuStreamWaitEvent(stream(stream), event(event), 0));
  }

  @Override
  public void synchronizeEvent(long event) {
    check("cuEventSynchronize", cuEventSynchronize(event(event)));
  }

  @Override
  public float elapsed(long from, long to) {
    float[] milliseconds = new float[1];
    check("cuEventElapsedTime", cuEventElapsedTime(milliseconds, event(from), event(to)));
    return milliseconds[0];
  }

  @Override
  public void copyToDevice(long device, MemorySegment pinned, long stream) {
    check(
        "cuMemcpyHtoDAsync", cuMemcpyHtoDAsync(device(device), host(pinned), pinned.byteSize(), stream(stream)));
  }

  @Override
  public void copyToHost(MemorySegment pinned, long device, long stream) {
    check(
        "cuMemcpyDtoHAsync", cuMemcpyDtoHAsync(host(pinned), device(device), pinned.byteSize(), stream(stream)));
  }

  @Override
  public void copyOnDevice(long to, long from, long bytes, long stream) {
    check("cuMemcpyDtoDAsync", cuMemcpyDtoDAsync(device(to), device(from), bytes, stream(stream)));
  }

  @Override
  public void fill(long address, byte value, long bytes, long stream) {
    check("cuMemsetD8Async", cuMemsetD8Async(device(address), value, bytes, stream(stream)));
  }

  @Override
  public void launch(long function, Grid grid, int sharedBytes, long stream, Object... arguments) {
    Pointer[] values = new Pointer[arguments.length];
    Arrays.setAll(values, i -> value(arguments[i]));
    check(
        "cuLaunchKernel",
        cuLaunchKernel(
            (CUfunction) objects.get(function),
            grid.blocksX(),
            grid.blocksY(),
            grid.blocksZ(),
            grid.threadsX(),
            grid.threadsY(),
            grid.threadsZ(),
            sharedBytes,
            stream(stream),
            Pointer.to(values),
            null));
  }

  private static Pointer value(Object argument) {
    return switch (argument) {
      case Long value -> Pointer.to(new long[] {value});
      case Integer value -> Pointer.to(new int[] {value});
      case Float value -> Pointer.to(new float[] {value});
      case Double value -> Pointer.to(new double[] {value});
      default -> throw new IllegalArgumentException("a kernel takes no " + argument.getClass().getName());
    };
  }

  /** The stream as the CUDA libraries bound by JCuda take it. */
  cudaStream_t runtimeStream(long stream) {
    return new cudaStream_t(stream(stream));
  }

  /** A device address as the CUDA libraries bound by JCuda take it. */
  static CUdeviceptr device(long address) {
    return new CUdeviceptr().withByteOffset(address);
  }

  private static Pointer host(MemorySegment pinned) {
    return new HostAddress(pinned.address());
  }

  private CUstream stream(long handle) {
    return (CUstream) objects.get(handle);
  }

  private CUevent event(long handle) {
    return (CUevent) objects.get(handle);
  }

  private long keep(long handle, NativePointerObject object) {
    objects.put(handle, object);
    return handle;
  }

  private static void check(String call, int status) {
    if (status != CUresult.CUDA_SUCCESS) {
      throw new DriverFailure(call, status, CUresult.stringFor(status));
    }
  }

  // JCuda shows a native value only to subclasses.

  private static final class Context extends CUcontext {
    long handle() {
      return getNativePointer();
    }
  }

  private static final class Module extends CUmodule {
    long handle() {
      return getNativePointer();
    }
  }

  private static final class Function extends CUfunction {
    long handle() {
      return getNativePointer();
    }
  }

  private static final class Stream extends CUstream {
    long handle() {
      return getNativePointer();
    }
  }

  private static final class Event extends CUevent {
    long handle() {
      return getNativePointer();
    }
  }

  private static final class DeviceBlock extends CUdeviceptr {
    long address() {
      return getNativePointer();
    }
  }

  private static final class HostAddress extends Pointer {
    HostAddress(long address) {
      super(address);
    }

    long address() {
      return getNativePointer();
    }
  }
}

/** The device {@code cpu}: oneDNN. */
module selkie.cpu {
  requires selkie.runtime;
  requires org.bytedeco.dnnl;
  requires org.bytedeco.javacpp;
  // Nothing else asks for the modules that hold the native libraries.
  requires org.bytedeco.dnnl.linux.x86_64;
  requires org.bytedeco.javacpp.linux.x86_64;
  requires org.bytedeco.opencl;
  requires org.bytedeco.opencl.linux.x86_64;

  provides dev.selkie.runtime.BackendProvider with
      dev.selkie.cpu.CpuBackendProvider;
}

/** The annotations, and the contract between generated code and a device. */
module selkie.runtime {
  exports dev.selkie.annotation;
  exports dev.selkie.runtime;
  exports dev.selkie.runtime.check;
  exports dev.selkie.runtime.conformance;
  exports dev.selkie.runtime.reference;
  exports dev.selkie.runtime.trace;

  uses dev.selkie.runtime.BackendProvider;
  uses dev.selkie.runtime.NetworkFactory;

  provides dev.selkie.runtime.BackendProvider with
      dev.selkie.runtime.reference.ReferenceProvider;
}

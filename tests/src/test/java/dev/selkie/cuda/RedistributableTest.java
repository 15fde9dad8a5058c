package dev.selkie.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.selkie.runtime.NetworkFactory;
import dev.selkie.runtime.Precision;
import dev.selkie.runtime.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.jcudnn.JCudnn;
import jcuda.jcudnn.cudnnHandle;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * NVIDIA's redistributable libraries as they come with {@code -Pcuda-redist}: found in their jar,
 * unpacked, loaded; and what cuDNN itself makes of every convolution in the zoo. No GPU is asked.
 */
class RedistributableTest {
  private static final int CUDNN = 90501;

  /** As cuDNN 9 numbers it; JCudnn's constant is cuDNN 8's. */
  private static final int NOT_INITIALIZED = 1001;

  @TempDir static Path folder;

  private static Optional<Path> stub;

  @BeforeAll
  static void load() throws IOException, InterruptedException {
    if (NativeResources.redistributable("libcudnn.so.9").isEmpty()) {
      Assumptions.abort(
          "NVIDIA's redistributable libraries: not on the class path, run with -Pcuda-redist");
    }
    boolean driver = LibraryFinder.ofThisMachine().find("libcuda.so.1").isPresent();
    stub = driver ? Optional.empty() : CudaStub.in(folder);
    if (!driver && stub.isEmpty()) {
      Assumptions.abort("NVIDIA's redistributable libraries: neither a driver nor gcc is here");
    }
    NvidiaLibraries found =
        NvidiaLibraries.find(
            new LibraryFinder(
                Map.of("SELKIE_CUDA_LIBS", folder.toString()),
                Path.of("/"),
                folder,
                NativeResources::redistributable),
            Optional.empty());
    assertTrue(found.cudnn().orElseThrow().place().contains("-redist.jar!/"));
    assertTrue(found.cublas().orElseThrow().place().contains("-redist.jar!/"));
    Jcuda.load(found);
  }

  @Test
  void theVersionIsTheOneInTheJar() {
    assertEquals(CUDNN, JCudnn.cudnnGetVersion());
  }

  @Test
  void withoutAGpuBothLibrariesAnswerAndSaySo() {
    if (stub.isEmpty()) {
      Assumptions.abort("what is said without a GPU: there is a driver here");
    }
    assertEquals(NOT_INITIALIZED, JCudnn.cudnnCreate(new cudnnHandle()));
    int cublas = JCublas2.cublasCreate(new cublasHandle());
    assertTrue(cublas == 1 || cublas == 3, "cublasCreate answers " + cublas);
  }

  /** cuDNN is told sizes and geometry; it must know them afterwards, and reckon y's size alike. */
  @Test
  void everyConvolutionOfTheZooIsUnderstood() {
    ConvolutionsOfTheZoo zoo = new ConvolutionsOfTheZoo();
    List<NetworkFactory> networks =
        NetworkFactory.all().stream()
            .filter(factory -> factory.name().startsWith("dev.selkie.samples."))
            .toList();
    networks.forEach(zoo::add);
    Map<Precision, Integer> counts = new EnumMap<>(Precision.class);
    for (ConvolutionShape shape : zoo.shapes()) {
      try (CudnnDescriptors descriptors = new CudnnDescriptors(shape)) {
        check(shape, descriptors);
      }
      counts.merge(shape.precision(), 1, Integer::sum);
    }
    assertEquals(Set.of(Precision.values()), counts.keySet());
    System.out.printf(
        "cuDNN understands the convolutions of %d networks: %s%n", networks.size(), counts);
  }

  private static void check(ConvolutionShape shape, CudnnDescriptors descriptors) {
    CudnnReadings readings = new CudnnReadings(descriptors);
    int type = type(shape.precision());
    assertEquals(tensor(type, shape.x()), readings.x(), () -> "x of " + shape);
    assertEquals(tensor(type, shape.y()), readings.y(), () -> "y of " + shape);
    Shape x = shape.x();
    Shape y = shape.y();
    int kernelHeight = shape.geometry().kernelHeight();
    int kernelWidth = shape.geometry().kernelWidth();
    int groups = shape.geometry().groups();
    assertEquals(
        List.of(type, 1, y.channels(), x.channels() / groups, kernelHeight, kernelWidth),
        readings.weight(),
        () -> "weights of " + shape);
    int stride = shape.geometry().stride();
    int dilation = shape.geometry().dilation();
    assertEquals(
        List.of(
            shape.geometry().paddingHeight(),
            shape.geometry().paddingWidth(),
            stride,
            stride,
            dilation,
            dilation,
            1,
            0,
            groups,
            arithmetic(shape.precision())),
        readings.convolution(),
        () -> "geometry of " + shape);
    assertEquals(
        List.of(y.batch(), y.channels(), y.height(), y.width()),
        readings.output(),
        () -> "cuDNN's own size of y of " + shape);
  }

  /** Sizes as NCHW and strides in values, NHWC in memory. */
  private static List<Integer> tensor(int type, Shape s) {
    int row = s.width() * s.channels();
    return List.of(
        type,
        s.batch(),
        s.channels(),
        s.height(),
        s.width(),
        s.height() * row,
        1,
        row,
        s.channels());
  }

  /** cudnnMathType_t: only float32 keeps its products from rounding. */
  private static int arithmetic(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> 3;
      case TF32 -> 0;
      case FLOAT16, BFLOAT16 -> 1;
    };
  }

  /** cudnnDataType_t as cudnn_graph_v9.h numbers it. */
  private static int type(Precision precision) {
    return switch (precision) {
      case FLOAT32, TF32 -> 0;
      case FLOAT16 -> 2;
      case BFLOAT16 -> 9;
    };
  }
}

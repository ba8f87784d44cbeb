package lambray.runtime;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The function's classes, in the order in which AWS looks for them: the task root, the jars in its {@code lib}, then those of layers. Of the
 * runtime's own classes it sees the public interface only, so that it can bring any version of the libraries that the runtime uses itself.
 */
final class FunctionClassLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  FunctionClassLoader(String taskRoot) {
    super(places(taskRoot), new PublicInterface());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    Class<?> found = super.findClass(name);
    if (name.equals(SdkV1Endpoint.FIRST_CLASS)) SdkV1Endpoint.configure(this);
    return found;
  }

  private static URL[] places(String taskRoot) {
    List<URL> places = new ArrayList<>();
    places.add(url(new File(taskRoot)));
    addJars(new File(taskRoot, "lib"), places);
    // Where nothing can be mounted at /opt, this tells what stands for it.
    String layers = System.getenv("LAMBRAY_LAYERS_DIR");
    addJars(new File(layers == null ? "/opt" : layers, "java/lib"), places);
    return places.toArray(new URL[0]);
  }

  // Sorted, as file systems give names in any order.
  private static void addJars(File folder, List<URL> places) {
    String[] names = folder.list((parent, name) -> name.endsWith(".jar"));
    if (names == null) return;
    Arrays.sort(names);
    for (String name : names) places.add(url(new File(folder, name)));
  }

  private static URL url(File file) {
    try {
      return file.toURI().toURL();
    } catch (MalformedURLException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** The Java platform, and {@code com.amazonaws.services.lambda.runtime}. */
  private static final class PublicInterface extends ClassLoader {
    private static final Set<String> PACKAGES = Set.of("com.amazonaws.services.lambda.runtime", "com.amazonaws.services.lambda.runtime.logging");
    private static final ClassLoader RUNTIME = PublicInterface.class.getClassLoader();

    static {
      registerAsParallelCapable();
    }

    PublicInterface() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      int lastDot = name.lastIndexOf('.');
      if (lastDot > 0 && PACKAGES.contains(name.substring(0, lastDot))) return RUNTIME.loadClass(name);
      throw new ClassNotFoundException(name);
    }
  }
}

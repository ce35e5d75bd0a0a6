package com.amazonaws.services.lambda.runtime.api.client;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Loads a function's classes: from its folder, from jars in its {@code lib}, then from those of its
 * layers. In the place of the client's own, which looks for layers in {@code /opt}: here they stand
 * in a folder of the function's, and {@code /opt/java} is nobody's or a JDK's.
 */
final class CustomerClassLoader extends URLClassLoader {
  /** Where the layers stand; empty without any. */
  private static final String OPT = System.getProperty("io.portico.lambda.opt", "");

  /** As the client calls it; {@code root} is where layers stand on AWS. */
  CustomerClassLoader(String task, String root, ClassLoader parent) throws IOException {
    super(places(task), parent);
  }

  private static URL[] places(String task) throws IOException {
    List<URL> places = new ArrayList<>();
    File folder = new File(task);
    places.add(folder.toURI().toURL());
    add(jars(folder, "lib"), places);
    if (!OPT.isEmpty()) {
      add(jars(new File(OPT), "java/lib"), places);
    }
    return places.toArray(new URL[0]);
  }

  private static void add(Map<String, File> jars, List<URL> places) throws IOException {
    for (File jar : jars.values()) {
      places.add(jar.toURI().toURL());
    }
  }

  /** By name and in its order: two machines load the same. */
  private static Map<String, File> jars(File parent, String folder) {
    Map<String, File> jars = new TreeMap<>();
    File[] files = new File(parent, folder).listFiles((in, name) -> name.endsWith(".jar"));
    if (files != null) {
      for (File file : files) {
        jars.put(file.getName(), file);
      }
    }
    return jars;
  }
}

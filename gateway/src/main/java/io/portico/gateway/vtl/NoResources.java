package io.portico.gateway.vtl;

import org.apache.velocity.exception.ResourceNotFoundException;
import org.apache.velocity.runtime.RuntimeServices;
import org.apache.velocity.runtime.resource.Resource;
import org.apache.velocity.runtime.resource.ResourceManager;
import org.jspecify.annotations.Nullable;

/**
 * There are no resources: a template comes as a text and reaches no file and no class path.
 *
 * <p>Public because Velocity makes it by reflection.
 */
public final class NoResources implements ResourceManager {

  @Override
  public void initialize(RuntimeServices services) {}

  @Override
  public Resource getResource(String name, int type, String encoding) {
    throw new ResourceNotFoundException("templates have no resources: " + name);
  }

  @Override
  public @Nullable String getLoaderNameForResource(String name) {
    return null;
  }
}

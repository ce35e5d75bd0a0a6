/**
 * Integrations: how each kind of backend is called. Knows nothing of templates or method responses.
 */
@NullMarked
package io.portico.gateway.execute.integration;

import org.jspecify.annotations.NullMarked;

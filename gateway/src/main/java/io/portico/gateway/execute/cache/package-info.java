/**
 * The answers that stages keep, within the node's memory: who is answered from them, who asks the
 * backend, and who waits for whoever does. Knows nothing of any kind of API.
 */
@NullMarked
package io.portico.gateway.execute.cache;

import org.jspecify.annotations.NullMarked;

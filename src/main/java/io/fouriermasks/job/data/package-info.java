/** The image folders that the server knows, and how an uploaded one comes in. */
package io.fouriermasks.job.data;

using System.Runtime.CompilerServices;

// Arguments go to the C library as they are, so that calls of it can be compiled beforehand.
[assembly: DisableRuntimeMarshalling]

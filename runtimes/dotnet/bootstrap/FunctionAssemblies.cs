using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Lambray.DotNetRuntime;

/// <summary>The function's assemblies and native libraries, found beside each other or as its <c>.deps.json</c> says.</summary>
/// <remarks>
/// They are loaded where .NET would load them if the function were a program, as much code expects. This works because the
/// runtime brings no library of its own that a function could want in another version.
/// </remarks>
sealed class FunctionAssemblies
{
    readonly string taskRoot;

    // Reading the list of dependencies takes some milliseconds, and most packages are flat.
    readonly Lazy<AssemblyDependencyResolver> listed;

    FunctionAssemblies(string taskRoot, string file)
    {
        this.taskRoot = taskRoot;
        listed = new(() => new AssemblyDependencyResolver(file));
    }

    /// <exception cref="LambdaValidationException">There is no such assembly.</exception>
    public static Assembly Load(string taskRoot, string name)
    {
        var file = Path.Combine(taskRoot, name + ".dll");
        if (!File.Exists(file))
            throw new LambdaValidationException(
                $"Could not find the specified handler assembly with the file name '{name}'. The assembly should be located in the root of your uploaded .zip file.");
        var all = new FunctionAssemblies(taskRoot, file);
        AssemblyLoadContext.Default.Resolving += (context, wanted) => all.PathOf(wanted) is { } path ? context.LoadFromAssemblyPath(path) : null;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, library) => all.listed.Value.ResolveUnmanagedDllToPath(library) is { } path ? NativeLibrary.Load(path) : 0;
        try
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyPath(file);
        }
        catch (Exception error) when (error is BadImageFormatException or FileLoadException)
        {
            throw new LambdaValidationException($"Unable to load assembly '{name}'.");
        }
    }

    // A folder "runtimes" has variants of what lies beside it, for single platforms.
    string? PathOf(AssemblyName wanted)
    {
        var beside = Path.Combine(taskRoot, wanted.CultureName ?? "", wanted.Name + ".dll");
        if (!Directory.Exists(Path.Combine(taskRoot, "runtimes")) && File.Exists(beside)) return beside;
        if (listed.Value.ResolveAssemblyToPath(wanted) is { } path) return path;
        return File.Exists(beside) ? beside : InWebFramework(wanted.Name + ".dll");
    }

    // A runtime that was started before its function does not know that it will need this framework too.
    static string? InWebFramework(string file)
    {
        var versions = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "Microsoft.AspNetCore.App");
        return Directory.Exists(versions) ? Directory.GetFiles(versions, file, SearchOption.AllDirectories).Max(StringComparer.Ordinal) : null;
    }
}

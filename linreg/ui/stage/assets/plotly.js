// Plotly.js as the installed plotly package ships it, loaded once per page.

let loading;

export function plotly(address) {
  if (window.Plotly) return Promise.resolve(window.Plotly);
  return (loading ??= new Promise((resolve, reject) => {
    // The page itself may have begun to load it (linreg/ui/serving.py).
    const begun = document.querySelector(`script[src="${address}"]`);
    const script = begun ?? document.createElement("script");
    if (!begun) script.src = address;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      loading = undefined;
      script.remove();
      reject(new Error("The drawing library could not be loaded. Reload the page."));
    };
    if (!begun) document.head.append(script);
  }));
}
